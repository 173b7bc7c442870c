// Tells CAF which of our messages travel between actors of this process. They never cross a node
// boundary, hence "unsafe": they need no serialization.
#pragma once

#include <caf/all.hpp>
#include <functional>
#include <memory>
#include <utility>

#include "actors/messages.h"

namespace rialto {

// Somebody waits for an answer to a message. Who holds it last, the message included, answers: who
// has done so says it with `give`; else the answer is that it failed. So a message is answered also
// where the unit ends before or behind it.
class OwedAnswer {
 public:
  explicit OwedAnswer(std::function<void()> fail) : fail_(std::move(fail)) {}
  ~OwedAnswer() {
    if (fail_) fail_();
  }
  OwedAnswer(const OwedAnswer&) = delete;
  OwedAnswer& operator=(const OwedAnswer&) = delete;
  void give() { fail_ = nullptr; }

 private:
  std::function<void()> fail_;
};
using OwedPtr = std::shared_ptr<OwedAnswer>;

// An OpenPage, SubmitPage or Join whose participant the directory has found a seat for.
template <class Message>
struct Seated {
  Message message;
  std::uint32_t player = 0;
  OwedPtr owed;
};

// The making of a session (session_maker.h), which happens apart from the directory.
struct Making;
using MakingPtr = std::shared_ptr<Making>;
// The rest of what an actor does in several turns.
struct Rest {
  std::function<void()> go_on;
};

using InputsPtr = std::shared_ptr<Inputs>;  // one owner: the unit may move out of it
using ReleasePtr = std::shared_ptr<const Release>;

using awake_atom = caf::atom_constant<caf::atom("awake")>;
using wake_atom = caf::atom_constant<caf::atom("wake")>;
using alive_atom = caf::atom_constant<caf::atom("alive")>;
using flush_atom = caf::atom_constant<caf::atom("flush")>;
using committed_atom = caf::atom_constant<caf::atom("committed")>;
using rest_atom = caf::atom_constant<caf::atom("rest")>;
using close_atom = caf::atom_constant<caf::atom("close")>;
using retry_atom = caf::atom_constant<caf::atom("retry")>;
using stuck_atom = caf::atom_constant<caf::atom("stuck")>;
using taken_atom = caf::atom_constant<caf::atom("taken")>;
using reopen_atom = caf::atom_constant<caf::atom("reopen")>;
using survey_atom = caf::atom_constant<caf::atom("survey")>;
using stop_atom = caf::atom_constant<caf::atom("stop")>;

}  // namespace rialto

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::OpenPage)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::SubmitPage)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Join)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Seated<rialto::OpenPage>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Seated<rialto::SubmitPage>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Seated<rialto::Join>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Forwarded<rialto::OpenPage>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Forwarded<rialto::SubmitPage>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Forwarded<rialto::Join>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::MoveParticipant)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Seated<rialto::MoveParticipant>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Forwarded<rialto::MoveParticipant>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::DescribeUnit)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::UnitDescribed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::UnitClosed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Closure)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::ReopenSession)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::HandOver)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::SessionWritten)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Enter)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::PassBy)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Labelled)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::InputsPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::ReleasePtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::PullHistory)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Leave)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::PageAnswer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Joined)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::HistoryPiece)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::AskHealth)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::MakingPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::Rest)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::CreateSession)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::DescribeSessions)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::ClaimSeat)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::VisitRoom)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::ClearRoom)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::DescribeRooms)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::CloseSession)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::RetrySession)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::SessionAnswer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rialto::UnitId)
