// What every function that catches is marked with.
#pragma once

/// Not to be inlined. Where the way from a throw into a handler leads back to the beginning of a loop, Clang makes
/// WebAssembly of it that traps instead (llvm/llvm-project issue 63182), and inlining makes such a way of every
/// catching function that is called in a loop.
#define ATHANOR_CATCHES [[gnu::noinline]]
