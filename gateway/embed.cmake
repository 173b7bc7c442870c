# cmake -DOUTPUT=x.cpp "-DFILES=name=path;name=path" -P embed.cmake
# Writes the table of embedded.h: each file as an array of bytes.
set(arrays "")
set(table "")
set(number 0)
foreach(entry IN LISTS FILES)
  string(FIND "${entry}" "=" equals)
  string(SUBSTRING "${entry}" 0 ${equals} name)
  math(EXPR start "${equals} + 1")
  string(SUBSTRING "${entry}" ${start} -1 path)
  file(READ "${path}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND arrays "constexpr char file_${number}[] = {${bytes}'\\0'};\n")
  string(APPEND table "    {\"${name}\", {file_${number}, sizeof file_${number} - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}" "#include \"gateway/embedded.h\"\n\nnamespace rialto {\nnamespace {\n\n${arrays}\n"
  "constexpr EmbeddedFile files[] = {\n${table}    {},\n};\n\n}  // namespace\n\n"
  "const EmbeddedFile* embedded_files() { return files; }\n\n}  // namespace rialto\n")
