// 曲线和图像里的内容，用文字和表格说出来。
import type { Part } from '../catalogue';
import type { inNumbers as source } from '../en/innumbers';

export const inNumbers: Part<typeof source> = {
  table: '数据表',
  curves: '第 {epoch} 轮：{said}。数据表在图后。',
  atEpoch: '{name}：训练集 {train}，验证集 {validation}',
  between: '；',
  all: '每一轮都在表中。',
  thinned: '共 {count} 轮，均匀取出 {shown} 轮。',
  picture: '网络的回答',
  pictureHint: '把图像列成表格：各处的回答是什么',
  points: '画纸上的点',
  pointsHint: '把画纸上的点列成表格',
  pointCount: '共 {count} 个点',
  number: '序号',
  more: '另有 {count} 个',
  nothing: '网络还没有回答，请先运行。',
  shares: '图中平面上，判为各类的面积占比',
  grid: '最可能的类别及其概率；从左到右为 {x}，从上到下为 {y}',
  gridValues: '网络的回答；从左到右为 {x}，从上到下为 {y}',
  keys: '用方向键在图上移动，按住 Shift 移动得更远，会读出该处的回答；按 Esc 退出。图旁另有数据表。',
};
