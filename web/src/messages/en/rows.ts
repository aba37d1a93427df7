// The cells of a small table, edited in place.
export const rows = {
  rows: 'Rows',
  open: 'Edit cells',
  hint: 'Change cells, add and remove rows of a small table',
  row: 'Row',
  cell: '{column}, row {row}',
  add: 'Add a row',
  remove: 'Remove row {row}',
  note: 'Each change begins the run anew. An empty cell counts as missing; Enter goes down the column.',
  large: 'A table of up to {rows} rows and {columns} columns can be edited here. This one is larger.',
};
