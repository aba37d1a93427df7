#include "engine/kernels/convolution.h"

#include <array>

#include "engine/kernels/convolution_strips.h"
#include "engine/kernels/gemm.h"
#include "engine/kernels/simd.h"

namespace athanor::kernels {
namespace {

using simd::kLanes;

constexpr Index kPatchSize = 8192;  // Reals

/// The window's entries that are taken at once: all of them, or as many as leave room for some outputs.
struct Part {
  Index first_tap;
  Index taps;
  Index first_channel;  // of the group
  Index channels;       // all of the group's, unless one entry is too much
  Index outputs;        // at most so many at once

  [[nodiscard]] Index length() const { return taps * channels; }
};

/// One group of channels and filters.
struct Group {
  Index channels;
  Index filters;
  Index first_channel;
  Index first_filter;
};

constexpr Index kFewestOutputs = 16;
constexpr Index kLongestPatch = kPatchSize / kFewestOutputs;

/// Calls f for the parts that make up all of a group's patches.
template <typename F>
void for_each_part(const Images& images, const Group& group, F f) {
  const Index taps = images.window.rows.size * images.window.columns.size;
  const Index channels = std::min(group.channels, kLongestPatch);
  const Index at_once = std::clamp<Index>(kLongestPatch / channels, 1, taps);
  for (Index tap = 0; tap < taps; tap += at_once) {
    for (Index channel = 0; channel < group.channels; channel += channels) {
      Part part{.first_tap = tap,
                .taps = std::min(at_once, taps - tap),
                .first_channel = channel,
                .channels = std::min(channels, group.channels - channel),
                .outputs = 0};
      part.outputs = std::min(kPatchSize / part.length(), images.outputs());
      f(part);
    }
  }
}

template <typename F>
void for_each_group(const Images& images, Index filters, F f) {
  const Index groups = images.window.groups;
  for (Index g = 0; g < groups; ++g) {
    f(Group{.channels = images.channels / groups,
            .filters = filters / groups,
            .first_channel = g * (images.channels / groups),
            .first_filter = g * (filters / groups)});
  }
}

/// Some outputs, the patches they are made of and the filters that see them.
struct Block {
  Group group;
  Part part;
  Index first;  // output
  Index count;
  Index row;  // of the weights (KH KW C / groups, F): the first that the part multiplies; its others follow
};

/// Calls f for all of them: of each part of each group every output.
template <typename F>
void for_each_block(const Images& images, Index filters, F f) {
  for_each_group(images, filters, [&](const Group& group) {
    for_each_part(images, group, [&](const Part& part) {
      const Index row = part.first_tap * group.channels + part.first_channel;
      for (Index first = 0, count = 0; first < images.outputs(); first += count) {
        count = std::min(part.outputs, images.outputs() - first);
        f(Block{.group = group, .part = part, .first = first, .count = count, .row = row});
      }
    });
  });
}

/// A window of one entry that goes from pixel to pixel: images are the patches.
bool is_pointwise(const Images& images) {
  constexpr WindowAxis kOne;
  return images.window.rows == kOne && images.window.columns == kOne && images.window.groups == 1;
}

/// Patches of a single channel lie entry by entry: (length, outputs). With more of them output by output: (outputs,
/// length).
bool lies_by_entry(const Part& part) { return part.channels == 1; }

/// to = from, some channels of so many outputs.
void copy_channels(const Real* from, Index from_step, Real* to, Index to_step, Index channels, Index outputs) {
  if (channels == from_step && channels == to_step) {
    std::copy_n(from, channels * outputs, to);
    return;
  }
  const Index whole = channels - channels % kLanes;
  for (Index i = 0; i < outputs; ++i, to += to_step, from += from_step) {
    for (Index c = 0; c < whole; c += kLanes) simd::store(to + c, simd::load(from + c));
    for (Index c = whole; c < channels; ++c) to[c] = from[c];
  }
}

/// to = to + from, likewise.
void add_channels(const Real* from, Index from_step, Real* to, Index to_step, Index channels, Index outputs) {
  const Index whole = channels - channels % kLanes;
  for (Index i = 0; i < outputs; ++i, to += to_step, from += from_step) {
    for (Index c = 0; c < whole; c += kLanes) simd::store(to + c, simd::load(to + c) + simd::load(from + c));
    for (Index c = whole; c < channels; ++c) to[c] += from[c];
  }
}

/// patches = what the windows of outputs [first, last) see of x.
void take(const Images& images, const Group& group, const Part& part, Index first, Index last, const Real* x,
          Real* patches) {
  const Index count = last - first;
  const bool by_entry = lies_by_entry(part);
  const Index step = by_entry ? 1 : part.length();
  const Index from_step = images.window.columns.stride * images.channels;
  const Real* const origin = x + group.first_channel + part.first_channel;
  const auto place = [&](Index output, Index tap) {
    const Index entry = (tap - part.first_tap) * part.channels;
    return by_entry ? patches + entry * count + output : patches + output * step + entry;
  };
  const auto is_taken = [&](Index tap) { return tap >= part.first_tap && tap < part.first_tap + part.taps; };
  for_each_run(
      images, first, last,
      [&](Index output, Index pixel, Index outputs, Index tap) {
        if (!is_taken(tap)) return;
        copy_channels(origin + pixel * images.channels, from_step, place(output, tap), step, part.channels, outputs);
      },
      [&](Index output, Index outputs, Index tap) {
        if (!is_taken(tap)) return;
        Real* to = place(output, tap);
        for (Index i = 0; i < outputs; ++i, to += step) std::fill_n(to, part.channels, Real{0});
      });
}

/// dx = dx + what the patches' gradients (outputs, length) say.
void give_back(const Images& images, const Group& group, const Part& part, Index first, Index last, const Real* patches,
               Real* dx) {
  const Index step = part.length();
  const Index to_step = images.window.columns.stride * images.channels;
  Real* const origin = dx + group.first_channel + part.first_channel;
  for_each_run(
      images, first, last,
      [&](Index output, Index pixel, Index outputs, Index tap) {
        if (tap < part.first_tap || tap >= part.first_tap + part.taps) return;
        const Real* from = patches + output * step + (tap - part.first_tap) * part.channels;
        add_channels(from, step, origin + pixel * images.channels, to_step, part.channels, outputs);
      },
      [](Index, Index, Index) {});
}

}  // namespace

ATHANOR_SMALL void convolve(const Images& images, Index filters, const Real* x, const Real* weights, Real* y) {
  if (is_pointwise(images)) {
    gemm({.m = images.outputs(), .n = filters, .k = images.channels}, x, weights, y);
    return;
  }
  if (has_strips(images, filters)) {
    convolve_strips(images, filters, x, weights, y);
    return;
  }
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): take() fills what is read
  alignas(64) std::array<Real, kPatchSize> patches;
  for_each_block(images, filters, [&](const Block& block) {
    const auto& [group, part, first, count, row] = block;
    take(images, group, part, first, first + count, x, patches.data());
    gemm({.m = count,
          .n = group.filters,
          .k = part.length(),
          .transpose_a = lies_by_entry(part),
          .stride_b = filters,
          .stride_c = filters,
          .accumulate = row > 0},
         patches.data(), weights + row * filters + group.first_filter, y + first * filters + group.first_filter);
  });
}

namespace {

/// What flows back through windows that go from pixel to pixel is a convolution again, of the gradient with the filters
/// turned round: sums over all filters at once, where the other way writes patches and adds them up.
bool can_turn(const Images& images, Index filters) {
  const WindowAxis& rows = images.window.rows;
  const WindowAxis& columns = images.window.columns;
  return images.window.groups == 1 && rows.stride == 1 && columns.stride == 1 && rows.reach() > rows.before &&
         columns.reach() > columns.before && rows.size * columns.size * images.channels * filters <= kPatchSize;
}

ATHANOR_SMALL void convolve_turned(const Images& images, Index filters, const Real* dy, const Real* weights, Real* dx) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): the loop fills what is read
  alignas(64) std::array<Real, kPatchSize> turned;  // (KH, KW, F, C)
  const Index taps = images.window.rows.size * images.window.columns.size;
  Real* to = turned.data();
  for (Index tap = taps - 1; tap >= 0; --tap) {
    const Real* const from = weights + tap * images.channels * filters;
    for (Index filter = 0; filter < filters; ++filter) {
      for (Index channel = 0; channel < images.channels; ++channel) *to++ = from[channel * filters + filter];
    }
  }
  const auto turn = [](WindowAxis axis) {
    return WindowAxis{.size = axis.size,
                      .dilation = axis.dilation,
                      .before = axis.reach() - 1 - axis.before,
                      .after = axis.reach() - 1 - axis.after};
  };
  const Images back{.batch = images.batch,
                    .height = images.out_height,
                    .width = images.out_width,
                    .channels = filters,
                    .out_height = images.height,
                    .out_width = images.width,
                    .window = {.rows = turn(images.window.rows), .columns = turn(images.window.columns)}};
  convolve(back, images.channels, dy, turned.data(), dx);
}

}  // namespace

ATHANOR_SMALL void convolve_back(const Images& images, Index filters, const Real* dy, const Real* weights, Real* dx) {
  if (can_turn(images, filters) && !is_pointwise(images)) {
    convolve_turned(images, filters, dy, weights, dx);
    return;
  }
  if (is_pointwise(images)) {
    gemm({.m = images.outputs(), .n = images.channels, .k = filters, .transpose_b = true}, dy, weights, dx);
    return;
  }
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): the product fills what is read
  alignas(64) std::array<Real, kPatchSize> patches;
  std::fill_n(dx, images.batch * images.height * images.width * images.channels, Real{0});
  for_each_block(images, filters, [&](const Block& block) {
    const auto& [group, part, first, count, row] = block;
    gemm({.m = count,
          .n = part.length(),
          .k = group.filters,
          .transpose_b = true,
          .stride_a = filters,
          .stride_b = filters},
         dy + first * filters + group.first_filter, weights + row * filters + group.first_filter, patches.data());
    give_back(images, group, part, first, first + count, patches.data(), dx);
  });
}

ATHANOR_SMALL void convolve_weights(const Images& images, Index filters, Index all, const Real* x, const Real* dy,
                                    Real* dweights) {
  if (is_pointwise(images)) {
    gemm({.m = images.channels,
          .n = filters,
          .k = images.outputs(),
          .transpose_a = true,
          .stride_b = all,
          .stride_c = all},
         x, dy, dweights);
    return;
  }
  if (has_strips(images, filters)) {
    convolve_weights_strips(images, filters, all, x, dy, dweights);
    return;
  }
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): take() fills what is read
  alignas(64) std::array<Real, kPatchSize> patches;
  for_each_block(images, filters, [&](const Block& block) {
    const auto& [group, part, first, count, row] = block;
    take(images, group, part, first, first + count, x, patches.data());
    gemm({.m = part.length(),
          .n = group.filters,
          .k = count,
          .transpose_a = !lies_by_entry(part),
          .stride_b = all,
          .stride_c = all,
          .accumulate = first > 0},
         patches.data(), dy + first * all + group.first_filter, dweights + row * all + group.first_filter);
  });
}

}  // namespace athanor::kernels
