import { Select } from '@adminjs/design-system';
import type { ComponentProps } from 'react';

export type Option = { value: string; label: string };

/** What a screen reader says of the list; its own words are English. */
const SPOKEN = {
  guidance: () => '可输入文字查找，用上下方向键选择，按回车键确定。',
  onChange: ({ action, label }: { action: string; label?: string }) =>
    action === 'clear' || action === 'deselect-option' ? '已清空' : `已选择 ${label ?? ''}`,
  onFilter: () => '',
  onFocus: ({ focused }: { focused: Option }) => focused.label,
};

/** One or some of a list, by mouse or by typing. */
export function ChoiceList(props: ComponentProps<typeof Select>) {
  return (
    <Select
      noOptionsMessage={() => '没有选项'}
      screenReaderStatus={({ count }: { count: number }) => `${count} 个选项`}
      ariaLiveMessages={SPOKEN as ComponentProps<typeof Select>['ariaLiveMessages']}
      {...props}
    />
  );
}
