// 就地编辑小表格的单元格。
import type { LaterCatalogue } from '../catalogue';

export const rows: LaterCatalogue['rows'] = {
  rows: '各行',
  open: '编辑单元格',
  hint: '修改小表格的单元格，增删行',
  row: '行号',
  cell: '{column}，第 {row} 行',
  add: '加一行',
  remove: '删去第 {row} 行',
  note: '每次修改都会从头训练。空着的单元格算缺失值；按回车到下一行。',
  large: '这里能编辑的表格最多 {rows} 行、{columns} 列，这张表更大。',
};
