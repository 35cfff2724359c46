import { FormGroup, Label } from '@adminjs/design-system';
import { type FilterPropertyProps, useTranslation } from 'adminjs';
import { ChoiceList, type Option } from './ChoiceList';

/** One of few words, or any. */
export default function WordFilter({ property, resource, filter, onChange }: FilterPropertyProps) {
  const { translateProperty } = useTranslation();
  const options = (property.availableValues ?? []) as Option[];
  const chosen = options.find(({ value }) => value === filter[property.path]);
  return (
    <FormGroup variant="filter">
      <Label>{translateProperty(property.label, resource.id)}</Label>
      <ChoiceList
        variant="filter"
        isClearable
        placeholder="全部"
        options={options}
        value={chosen ?? null}
        onChange={(option: Option | null) => onChange(property.path, option?.value ?? '')}
      />
    </FormGroup>
  );
}
