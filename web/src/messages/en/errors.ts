// What the engine refuses, by its error codes.
export const errors = {
  kinds: {
    'a number': 'a number',
    'a whole number': 'a whole number',
    'true or false': 'true or false',
    'a text': 'a text',
    'text in UTF-8': 'text in UTF-8',
    'a list': 'a list',
    'an object': 'an object',
  },
  /** Ops whose names are choices of fields as well, and mean something else there. */
  ops: { mean: 'mean' },
  errors: {
    bad_json: 'This is not valid JSON: {detail}.',
    unknown_field: 'There is no field {path}.',
    wrong_type: '{label} cannot be {value}; it takes {expected}.',
    out_of_range: '{label} is {value}; allowed are {min} to {max}.',
    not_a_choice: '{label} cannot be “{value}”; allowed are {choices}.',
    too_long: '{label} holds {value}; at most {max} are allowed.',
    unsupported_version: 'The document has version {value}; this page reads up to {max}.',
    split_too_small: 'Validation and test leave {value} of the rows for training; at least 0.1 is needed.',
    csv_too_large: 'The table has {value} bytes; at most {max} are allowed.',
    csv_empty: 'The table has no rows below its header line.',
    csv_no_target: 'No column can serve as the class: none holds text or a few whole numbers.',
    csv_no_features: 'The table has no column of numbers to learn from.',
    csv_target_classes: 'Column {column} has {value} different classes; 2 to {max} are allowed.',
    csv_no_such_column: 'The table has no column {column}.',
    csv_duplicate_column: 'Two columns have the name {column}.',
    csv_too_many_rows: 'The table has {value} rows; at most {max} are allowed.',
    csv_too_many_columns: 'The table has {value} columns; at most {max} are allowed.',
    csv_cell_count: '{value} cells where the header has {expected}',
    csv_not_a_number: '“{value}” in column {column} is not a number',
    csv_unclosed_quote: 'a quoted cell is never closed',
    csv_bad_quote: 'text follows a closing quote',
    csv_empty_label: 'the class in column {column} is empty',
    csv_empty_target: 'the target value in column {column} is empty',
    csv_too_many_levels:
      'Column {column} has {value} different texts; at most {max} can become columns of their own.',
    too_few_rows: '{value} rows are left; at least {min} are needed.',
    too_few_classes: 'Only {value} class is left; at least 2 are needed.',
    not_finite:
      'Numbers became infinite in epoch {epoch}, step {step}, first at “{op}” in layer “{layer}”. Lower the learning rate and rewind.',
    memory_limit: 'This network needs {value} MB of memory; at most {max} MB are allowed.',
    bad_checkpoint: 'This is not a checkpoint that can be restored: {detail}.',
    bad_flowchart: 'The flowchart cannot be run: {detail}.',
    shape_mismatch: '{op} cannot take {value}; it expects {expected}.',
    residual_size:
      'Layer {layer} has {expected} neurons, but {from}, which is added to it, gives {value}: give both the same number, or put a layer of {expected} neurons between.',
    not_hidden:
      'Only neurons of hidden layers can be removed: how many inputs and outputs there are follows from the data.',
    last_neuron: 'This is the only neuron of layer {layer}. To do without it, remove the whole layer.',
    residual_edge:
      'The residual edge {from} → {to} needs the same number of neurons at both ends. Remove that edge before a neuron of layer {layer}.',
    bad_input: '{what} is {value}; expected is {expected}.',
    internal: 'The engine broke one of its own rules: {detail}.',
  },
};
