import {
  Box,
  CheckBox,
  FormGroup,
  FormMessage,
  Input,
  Label,
  Select,
  TextArea,
} from '@adminjs/design-system';
import type { ChangeEvent, ReactNode } from 'react';
import type { FormField } from '../panel/form';
import type { FieldFault } from './panel-api';
import { RichText } from './RichText';

export type Values = Record<string, unknown>;

type FieldProps = { field: FormField; value: unknown; onChange: (value: unknown) => void };

/** The fields of a form with their labels, help and faults; the form itself keeps the values. */
export function FormFields({
  fields,
  values,
  faults,
  onChange,
}: {
  fields: readonly FormField[];
  values: Values;
  faults: readonly FieldFault[];
  onChange: (values: Values) => void;
}) {
  return (
    <>
      {fields.map((field) => (
        <Labelled key={field.name} field={field} fault={faults.find((one) => belongsTo(one, field))}>
          <Field
            field={field}
            value={values[field.name]}
            onChange={(value) => onChange({ ...values, [field.name]: value })}
          />
        </Labelled>
      ))}
    </>
  );
}

/** What the fields send: nothing typed is left out, a file goes beside. */
export function inputOf(fields: readonly FormField[], values: Values): { input: Values; file?: File } {
  const given = fields
    .map((field) => [field, values[field.name] ?? (field.kind === 'FLAG' ? false : undefined)] as const)
    .filter(([{ kind }, value]) => kind !== 'FILE' && value !== undefined && value !== '');
  const input = Object.fromEntries(given.map(([field, value]) => [field.name, sent(field, value)]));
  const file = fields.find(({ kind }) => kind === 'FILE');
  return { input, file: file ? (values[file.name] as File | undefined) : undefined };
}

/** Faults of what is not on the form; they are told above it. */
export function strayFaults(fields: readonly FormField[], faults: readonly FieldFault[]): FieldFault[] {
  return faults.filter((fault) => !fields.some((field) => belongsTo(fault, field)));
}

function belongsTo({ field: path }: FieldFault, { name }: FormField): boolean {
  return path === name || path.startsWith(`${name}.`);
}

function sent({ kind }: FormField, value: unknown): unknown {
  if (kind === 'NUMBER') return Number.isNaN(Number(value)) ? value : Number(value);
  return typeof value === 'string' && kind !== 'SECRET' && kind !== 'LONG_TEXT' ? value.trim() : value;
}

function Labelled({ field, fault, children }: { field: FormField; fault?: FieldFault; children: ReactNode }) {
  return (
    <FormGroup error={fault !== undefined} mb="lg">
      {field.kind === 'FLAG' ? null : (
        <Label htmlFor={field.name} required={field.required}>
          {field.label}
        </Label>
      )}
      {children}
      {fault ? <FormMessage>{fault.message}</FormMessage> : null}
      {field.help ? (
        <Box mt="sm" color="grey60" style={{ fontSize: 13, lineHeight: 1.5 }}>
          {field.help}
        </Box>
      ) : null}
    </FormGroup>
  );
}

function Field({ field, value, onChange }: FieldProps) {
  const typed = { id: field.name, name: field.name, required: field.required, width: 1 };
  const text = String(value ?? '');
  const onTyped = (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    onChange(event.target.value);
  switch (field.kind) {
    case 'LONG_TEXT':
      return (
        <TextArea
          {...typed}
          rows={Math.min(18, Math.max(6, text.split('\n').length + 2))}
          maxLength={field.maxLength}
          placeholder={field.placeholder}
          value={text}
          onChange={onTyped}
        />
      );
    case 'RICH_TEXT':
      return <RichText value={text} onChange={onChange} />;
    case 'NUMBER':
    case 'YUAN':
      return (
        <Box flex alignItems="center" style={{ gap: 8 }}>
          <Input
            {...typed}
            width="200px"
            inputMode={field.kind === 'YUAN' ? 'decimal' : 'numeric'}
            value={text}
            onChange={onTyped}
          />
          {field.kind === 'NUMBER' ? field.unit : '元'}
        </Box>
      );
    case 'TIME':
      return <Input {...typed} width="260px" type="datetime-local" value={text} onChange={onTyped} />;
    case 'DAY':
      return <Input {...typed} width="200px" type="date" value={text} onChange={onTyped} />;
    case 'SECRET':
      return <Input {...typed} type="password" autoComplete="new-password" value={text} onChange={onTyped} />;
    case 'FLAG':
      return (
        <Box flex alignItems="center">
          <CheckBox id={field.name} checked={value === true} onChange={() => onChange(value !== true)} />
          <Label inline htmlFor={field.name} ml="default" mb="0">
            {field.label}
          </Label>
        </Box>
      );
    case 'CHOICE':
      return <OneOf field={field} value={value} onChange={onChange} />;
    case 'CHOICES':
      return <SomeOf field={field} value={value} onChange={onChange} />;
    case 'FILE':
      return (
        <input
          id={field.name}
          type="file"
          accept={field.accept}
          required={field.required}
          onChange={(event) => onChange(event.target.files?.[0])}
        />
      );
    default:
      return (
        <Input
          {...typed}
          maxLength={field.maxLength}
          placeholder={field.placeholder}
          autoComplete="off"
          value={text}
          onChange={onTyped}
        />
      );
  }
}

type ChoiceField = FormField & { kind: 'CHOICE' | 'CHOICES' };
type Option = { value: string; label: string };

function OneOf({ field, value, onChange }: FieldProps & { field: ChoiceField }) {
  return (
    <Select
      inputId={field.name}
      isClearable={!field.required}
      placeholder="请选择"
      noOptionsMessage={() => '没有选项'}
      options={[...field.choices]}
      value={field.choices.find((choice) => choice.value === value) ?? null}
      onChange={(option: Option | null) => onChange(option?.value)}
    />
  );
}

/** Few choices are ticked, many are looked up. */
function SomeOf({ field, value, onChange }: FieldProps & { field: ChoiceField }) {
  const chosen = (value ?? []) as string[];
  if (field.choices.length > 15)
    return (
      <Select
        inputId={field.name}
        isMulti
        placeholder="请选择"
        noOptionsMessage={() => '没有选项'}
        options={[...field.choices]}
        value={field.choices.filter((choice) => chosen.includes(choice.value))}
        onChange={(options: readonly Option[]) => onChange(options.map((option) => option.value))}
      />
    );
  const toggle = (word: string) =>
    onChange(
      field.choices
        .map((choice) => choice.value)
        .filter((one) => (one === word ? !chosen.includes(one) : chosen.includes(one))),
    );
  return (
    <Box flex flexWrap="wrap" style={{ gap: '8px 24px' }}>
      {field.choices.map(({ value: word, label }) => (
        <Box key={word} flex alignItems="center">
          <CheckBox
            id={`${field.name}-${word}`}
            checked={chosen.includes(word)}
            onChange={() => toggle(word)}
          />
          <Label inline htmlFor={`${field.name}-${word}`} ml="default" mb="0">
            {label}
          </Label>
        </Box>
      ))}
    </Box>
  );
}
