import { FormGroup, Label } from '@adminjs/design-system';
import {
  ApiClient,
  type FilterPropertyProps,
  type RecordJSON,
  useFilterDrawer,
  useTranslation,
} from 'adminjs';
import { useEffect, useState } from 'react';
import { ChoiceList, type Option } from './ChoiceList';

/** As many as one page of a list holds: two sittings a year. */
const EVERY_SITTING = { perPage: 500, sortBy: 'number', direction: 'desc' };

/** The part of their names that all sittings share. */
const EXAM = '全国大学英语四、六级考试';

/** One of the sittings there are, the newest first, or any; what is filtered by is its number. */
export default function SittingFilter({ property, resource, filter, onChange }: FilterPropertyProps) {
  const { translateProperty } = useTranslation();
  const [options, setOptions] = useState<readonly Option[]>([]);
  const { isVisible } = useFilterDrawer();
  useEffect(() => {
    // most visitors of a list do not filter it
    if (!isVisible) return;
    new ApiClient()
      .resourceAction({ resourceId: 'sittings', actionName: 'list', params: EVERY_SITTING })
      .then(({ data }) => setOptions((data.records as RecordJSON[]).map(optionOf)))
      // the number that a link brought is there to be seen, and to be cleared
      .catch(() => setOptions([]));
  }, [isVisible]);
  const number = filter[property.path] as string | undefined;
  const chosen = options.find(({ value }) => value === number);
  return (
    <FormGroup variant="filter">
      <Label htmlFor={property.path}>{translateProperty(property.label, resource.id)}</Label>
      <ChoiceList
        inputId={property.path}
        variant="filter"
        isClearable
        placeholder="全部"
        options={[...options]}
        value={chosen ?? (number ? { value: number, label: number } : null)}
        onChange={(option: Option | null) => onChange(property.path, option?.value ?? '')}
      />
    </FormGroup>
  );
}

function optionOf({ params: { number, name } }: RecordJSON): Option {
  return { value: String(number), label: `${number} ${String(name).replace(EXAM, '')}` };
}
