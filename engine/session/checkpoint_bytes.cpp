#include "engine/session/checkpoint_bytes.h"

#include "engine/core/error.h"

namespace athanor::checkpoint {

void refuse(const std::string& detail) { throw Error(ErrorCode::kBadCheckpoint, "checkpoint", {{"detail", detail}}); }

std::uint32_t crc32(std::span<const std::uint8_t> bytes) {
  // Bit by bit: a checkpoint is small.
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ (0xEDB88320U & (0U - (crc & 1U)));
  }
  return ~crc;
}

void Writer::append(const void* from, std::size_t size) {
  if (size == 0) return;
  const std::size_t at = bytes_.size();
  bytes_.resize(at + size);
  std::memcpy(bytes_.data() + at, from, size);
}

std::span<const std::uint8_t> Reader::take(std::size_t count) {
  if (count > bytes_.size()) refuse("it ends too early");
  const auto taken = bytes_.first(count);
  bytes_ = bytes_.subspan(count);
  return taken;
}

}  // namespace athanor::checkpoint
