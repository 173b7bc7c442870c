#include "gateway/gateway.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "gateway/io_thread.h"
#include "gateway/listener.h"
#include "gateway/site_content.h"

namespace rialto {

struct Gateway::Running {
  explicit Running(SiteContent made) : content(std::move(made)) {}
  SiteContent content;
  std::vector<std::unique_ptr<IoThread>> threads;
  std::unique_ptr<Listener> listener;
  std::uint16_t port = 0;
};

Gateway::Gateway(GatewayOptions options, ActorsFactory make_actors)
    : options_(std::move(options)), make_actors_(std::move(make_actors)) {}

Gateway::~Gateway() { stop(); }

Result<void> Gateway::start() {
  Result<PageFiles> files = PageFiles::read(options_.apps);
  for (const std::string& warning : PageFiles::warnings(options_.apps)) spdlog::warn(warning);
  if (!files) return files.error();
  Result<WelcomePages> welcome = WelcomePages::read(
      options_.rooms,
      [&files](const std::string& path) { return files->static_files().find(path) != nullptr; });
  if (!welcome) return welcome.error();
  Result<std::unique_ptr<Listener>> listener = Listener::open(options_.host, options_.port);
  if (!listener) return listener.error();
  const std::uint16_t port = (*listener)->port();
  Result<PublicUrl> url = PublicUrl::parse(
      options_.public_url.empty() ? default_url(options_.host, port) : options_.public_url);
  if (!url) return url.error();

  running_ = std::make_unique<Running>(SiteContent(
      {options_.apps, options_.configs, *std::move(files), options_.lineage,
       options_.demo ? DemoPage::shown : DemoPage::absent, options_.limits.frame, options_.news,
       options_.rooms, *std::move(welcome), options_.words, options_.language},
      Links(options_.link_secret, *std::move(url))));
  running_->port = port;
  std::vector<IoThread*> threads;
  for (std::uint16_t number = 0; number < options_.threads; ++number) {
    running_->threads.push_back(
        std::make_unique<IoThread>(number, running_->content, options_.limits, make_actors_));
    threads.push_back(running_->threads.back().get());
  }
  for (IoThread* thread : threads) thread->start();
  running_->listener = *std::move(listener);
  running_->listener->start(std::move(threads), most_lines(options_.limits));
  return {};
}

void Gateway::stop() {
  if (!running_) return;
  running_->listener->stop();
  for (const auto& thread : running_->threads) thread->shut_down();
  for (const auto& thread : running_->threads) thread->wait();
  running_->threads.clear();
}

std::uint16_t Gateway::listening_port() const { return running_->port; }

const Links& Gateway::links() const { return running_->content.links(); }

}  // namespace rialto
