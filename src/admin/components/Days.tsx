import { Box, FormGroup, Input, Label } from '@adminjs/design-system';
import { type FilterPropertyProps, useTranslation } from 'adminjs';
import type { ChangeEvent } from 'react';

/** From one day to another, both included; days of Shanghai, wherever the browser is. */
export default function Days({ property, resource, filter, onChange }: FilterPropertyProps) {
  const { translateProperty } = useTranslation();
  const field = (end: 'from' | 'to') => {
    const key = `${property.path}~~${end}`;
    return (
      <Box flex alignItems="center" mb="default">
        <Label inline mb="0" style={{ width: 28 }} htmlFor={key}>
          {translateProperty(end)}
        </Label>
        <Input
          id={key}
          type="date"
          width={1}
          value={String(filter[key] ?? '')}
          onChange={(event: ChangeEvent<HTMLInputElement>) => onChange(key, event.target.value)}
        />
      </Box>
    );
  };
  return (
    <FormGroup variant="filter">
      <Label>{translateProperty(property.label, resource.id)}</Label>
      {field('from')}
      {field('to')}
    </FormGroup>
  );
}
