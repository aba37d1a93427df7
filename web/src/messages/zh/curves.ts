// 放大的曲线：比较多次训练、平滑、坐标轴。
import type { Part } from '../catalogue';
import type { curves as source } from '../en/curves';

export const curves: Part<typeof source> = {
  largeCurves: {
    open: '放大并比较',
    title: '曲线',
    smoothing: '平滑',
    smoothingHint: '每个点与之前的点取平均；0 表示原样显示每一轮',
    logLoss: '损失用对数轴',
    logEpochs: '轮次用对数轴',
    validationOnly: '只看验证集',
    zoomHint: '在图上横向拖动可放大一段；双击恢复全部。',
    whole: '全部轮次',
    learningRate: '学习率',
    now: '这一次',
    keep: '保留这一次',
    keepHint: '它的曲线留在这里，您可以改一项设置再训练',
    full: '已保留七次；先移除一次，才能再保留。',
    runName: '第 {number} 次',
    rename: '第 {number} 次的名称',
    forget: '移除{name}',
    differs: '不同之处',
    nothing: '保留一次训练，改一项设置，再训练一次：两次会并排列在这里。',
    same: '所有设置都相同。',
    lowest: '最低损失',
    highest: '最高得分',
    epochs: '轮次',
    list: '{count} 项',
  },
};
