// The stages of the loop: done?, train, evaluate, optimise; and finish.
#pragma once

#include "engine/pipeline/run.h"

namespace athanor::stages {

/// Decides whether training ends: rounds used up, target accuracy reached, or patience run out.
bool done(Run& run);
/// One batch; an epoch is one visit of the stage. The network is built on the first visit.
bool train(Run& run);
/// Measures the training and the validation part and writes a line of the curves.
bool evaluate(Run& run);
/// Reduces the learning rate when the validation loss (without a validation part: the training loss) stops falling.
bool optimise(Run& run);
/// The learning rate is left to the schedule alone.
bool is_optimise_off(const Experiment& experiment);
/// Opens the sealed test part, once.
bool finish(Run& run);

/// Writes the figures of these stages anew from the state of a run that has trained: what a restored run shows.
void show_loop_figures(Run& run);

}  // namespace athanor::stages
