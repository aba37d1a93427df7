// 引擎拒绝什么，按错误代码。
import type { Part } from '../catalogue';
import type { errors as source } from '../en/errors';

export const errors: Part<typeof source> = {
  kinds: {
    'a number': '数字',
    'a whole number': '整数',
    'true or false': '是或否',
    'a text': '文字',
    'text in UTF-8': '以 UTF-8 编码的文字',
    'a list': '列表',
    'an object': '一组设置',
  },
  ops: { mean: '求平均' },
  errors: {
    bad_json: '不是有效的 JSON：{detail}。',
    unknown_field: '没有“{path}”这一项。',
    wrong_type: '“{label}”不能是 {value}，应为{expected}。',
    out_of_range: '“{label}”为 {value}，应在 {min} 到 {max} 之间。',
    not_a_choice: '“{label}”不能是“{value}”，可选：{choices}。',
    too_long: '“{label}”有 {value}，最多 {max}。',
    unsupported_version: '文档版本为 {value}，本页最高支持 {max}。',
    split_too_small: '除去验证集和测试集，训练集只剩 {value}，至少要留 0.1。',
    csv_too_large: '表格有 {value} 字节，最多 {max} 字节。',
    csv_empty: '表头之下没有数据。',
    csv_no_target: '找不到可以作为类别的列：既没有文字列，也没有取值很少的整数列。',
    csv_no_features: '表格里没有可供学习的数值列。',
    csv_target_classes: '“{column}”列有 {value} 种取值，应为 2 到 {max} 种。',
    csv_no_such_column: '表格里没有“{column}”列。',
    csv_duplicate_column: '有两列都叫“{column}”。',
    csv_too_many_rows: '表格有 {value} 行，最多 {max} 行。',
    csv_too_many_columns: '表格有 {value} 列，最多 {max} 列。',
    csv_cell_count: '有 {value} 格，表头却有 {expected} 格',
    csv_not_a_number: '“{column}”列的“{value}”不是数字',
    csv_unclosed_quote: '引号没有闭合',
    csv_bad_quote: '闭合的引号后面还有文字',
    csv_empty_label: '“{column}”列的类别是空的',
    csv_empty_target: '“{column}”列的目标值是空的',
    csv_too_many_levels: '“{column}”列有 {value} 种不同的文字；最多 {max} 种可以各成一列。',
    too_few_rows: '只剩 {value} 行，至少需要 {min} 行。',
    too_few_classes: '只剩 {value} 个类别，至少需要 2 个。',
    not_finite:
      '第 {epoch} 轮第 {step} 步算出了无穷大，最先出问题的是“{layer}”层的“{op}”。请调低学习率，再回到开头。',
    memory_limit: '这个网络需要 {value} MB 内存，最多 {max} MB。',
    bad_checkpoint: '无法从这个存档恢复：{detail}。',
    bad_flowchart: '流程图无法执行：{detail}。',
    shape_mismatch: '“{op}”不能处理“{value}”，需要：{expected}。',
    residual_size:
      '“{layer}”层有 {expected} 个神经元，而要加到它上面的“{from}”给出 {value} 个。请让两者相等，或在中间加一层 {expected} 个神经元的层。',
    not_hidden: '只能删去隐藏层的神经元：输入和输出各有几个，由数据决定。',
    last_neuron: '“{layer}”层只有这一个神经元，不能再删。不需要它的话，可以删掉整层。',
    residual_edge:
      '残差连接“{from}”→“{to}”要求两端的神经元一样多。请先去掉这条连接，再删“{layer}”层的神经元。',
    bad_input: '“{what}”为“{value}”，应为：{expected}。',
    internal: '引擎内部出错：{detail}。',
  },
};
