import { Box, CheckBox, FormGroup, FormMessage, Input, Label, TextArea } from '@adminjs/design-system';
import type { ChangeEvent, ReactNode } from 'react';
import type { FormField } from '../panel/form';
import { ChoiceList, type Option } from './ChoiceList';
import { FileChooser } from './FileChooser';
import type { FieldFault } from './panel-api';
import { RichText } from './RichText';

export type Values = Record<string, unknown>;

type FieldProps = { id: string; field: FormField; value: unknown; onChange: (value: unknown) => void };

/** The fields of a form with their labels, help and faults; the form itself keeps the values. */
export function FormFields({
  fields,
  values,
  faults,
  onChange,
  within,
}: {
  fields: readonly FormField[];
  values: Values;
  faults: readonly FieldFault[];
  onChange: (values: Values) => void;
  /** Sets the fields apart from those of another form on the page. */
  within?: string;
}) {
  const idOf = ({ name }: FormField) => (within ? `${within}-${name}` : name);
  return (
    <>
      {fields.map((field) => (
        <Labelled
          key={field.name}
          id={idOf(field)}
          field={field}
          fault={faults.find((one) => belongsTo(one, field))}
        >
          <Field
            id={idOf(field)}
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

function Labelled({
  id,
  field,
  fault,
  children,
}: {
  id: string;
  field: FormField;
  fault?: FieldFault;
  children: ReactNode;
}) {
  return (
    <FormGroup error={fault !== undefined} mb="lg">
      {field.kind === 'FLAG' ? null : (
        <Label htmlFor={id} required={field.required}>
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

function Field({ id, field, value, onChange }: FieldProps) {
  const typed = { id, name: field.name, required: field.required, width: 1 };
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
      return (
        <Box flex>
          <Input {...typed} width="240px" type="datetime-local" value={text} onChange={onTyped} />
        </Box>
      );
    case 'DAY':
      return (
        <Box flex>
          <Input {...typed} width="200px" type="date" value={text} onChange={onTyped} />
        </Box>
      );
    case 'SECRET':
      return <Input {...typed} type="password" autoComplete="new-password" value={text} onChange={onTyped} />;
    case 'FLAG':
      return (
        <Box flex alignItems="center">
          <CheckBox id={id} checked={value === true} onChange={() => onChange(value !== true)} />
          <Label inline htmlFor={id} ml="default" mb="0">
            {field.label}
          </Label>
        </Box>
      );
    case 'CHOICE':
      return <OneOf id={id} field={field} value={value} onChange={onChange} />;
    case 'CHOICES':
      return <SomeOf id={id} field={field} value={value} onChange={onChange} />;
    case 'FILE':
      return (
        <FileChooser
          id={id}
          accept={field.accept}
          chosen={(value as File | undefined)?.name}
          onChoose={onChange}
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
function OneOf({ id, field, value, onChange }: FieldProps & { field: ChoiceField }) {
  return (
    <ChoiceList
      inputId={id}
      isClearable={!field.required}
      placeholder="请选择"
      options={[...field.choices]}
      value={field.choices.find((choice) => choice.value === value) ?? null}
      onChange={(option: Option | null) => onChange(option?.value)}
    />
  );
}

/** Few choices are ticked, many are looked up. */
function SomeOf({ id, field, value, onChange }: FieldProps & { field: ChoiceField }) {
  const chosen = (value ?? []) as string[];
  if (field.choices.length > 15)
    return (
      <ChoiceList
        inputId={id}
        isMulti
        placeholder="请选择"
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
          <CheckBox id={`${id}-${word}`} checked={chosen.includes(word)} onChange={() => toggle(word)} />
          <Label inline htmlFor={`${id}-${word}`} ml="default" mb="0">
            {label}
          </Label>
        </Box>
      ))}
    </Box>
  );
}
