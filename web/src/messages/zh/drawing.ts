// 画出来的网络：各层的控件，神经元和权重的数值。
import type { Part } from '../catalogue';
import type { drawing as source } from '../en/drawing';

export const drawing: Part<typeof source> = {
  drawing: {
    name: '网络图，各层神经元数：{layers}',
    keys: '上下方向键换神经元或权重；左右方向键从神经元走到它的权重，再走到另一端；回车看数值；Delete 键删去神经元。',
    more: '另有 {count} 个',
    unnamedInput: '输入 {number}',
    neuron: '第 {layer} 层第 {number} 个神经元',
    output: '输出“{name}”',
    plainOutput: '输出',
    weight: '权重：{from} → {to}',
    bias: '{neuron}的偏置',
    says: '{name} = {value}',
    saysNeuron: '{name}：偏置 {bias}，加权和平均 {sum}',
    plane: '横轴 {x}，纵轴 {y}',
    planeOne: '横轴 {x}',
    change: '点一下就能改。',
    settings: '第 {number} 层的设置：{activation}',
    settingsHint: '激活函数、归一化、随机失活、权重初始化、残差连接。左右拖动可以换位置。',
    settingsTitle: '隐藏层 {number}',
    whole: '整个网络',
    wholeHint: '对所有层都算数的设置：输出激活函数、权重初始化',
    table: '数值',
    tableHint: '用表格列出权重和偏置',
    layer: '第 {number} 层',
    outputLayer: '输出层',
  },
};
