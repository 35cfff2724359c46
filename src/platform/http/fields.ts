import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
  NotEquals,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';

import { fromShanghai } from '../../kernel/clock.js';
import { fenFromYuan } from '../../kernel/money.js';
import { isPlainText } from '../../kernel/plain-text.js';
import { legible, onOneLine, plain, plainCode } from '../../kernel/same-to-the-eye.js';

/**
 * One decorator a field: what it is (for OpenAPI) and what is let in (for the door), so that the two cannot part.
 * Every one of them has a description and an upper limit.
 */
interface FieldOptions {
  description: string;
  example?: unknown;
  optional?: boolean;
}

function field(
  options: FieldOptions,
  api: ApiPropertyOptions,
  ...rules: PropertyDecorator[]
): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      description: options.description,
      ...(options.example === undefined ? {} : { example: options.example }),
      required: !options.optional,
      ...api,
    } as ApiPropertyOptions),
    ...(options.optional ? [ValidateIf((_, value) => value !== undefined), NotEquals(null)] : []),
    ...rules,
  );
}

/** What the database gives back as it was (`isPlainText`). */
const PlainText = (each: boolean) =>
  ValidateBy({ name: 'isPlainText', validator: { validate: isPlain } }, { each });

function isPlain(value: unknown): boolean {
  return typeof value !== 'string' || isPlainText(value);
}

/** So many characters, however many units of UTF-16 they take: what the database's columns hold. The first that is asked. */
const AtMost = (max: number, options?: ValidationOptions) =>
  ValidateBy({ name: 'maxLength', validator: { validate: (value) => isAtMost(max, value) } }, options);

function isAtMost(max: number, value: unknown): boolean {
  if (typeof value !== 'string' || value.length <= max) return true;
  return value.length <= 2 * max && [...value].length <= max;
}

/** class-validator's own compares each with each, however many there are. */
const AllDifferent = () => ValidateBy({ name: 'arrayUnique', validator: { validate: areDifferent } });

function areDifferent(value: unknown): boolean {
  return Array.isArray(value) && new Set(value).size === value.length;
}

/** Text of bounded length. */
export function TextField(
  options: FieldOptions & { max: number; min?: number; pattern?: RegExp; format?: string },
) {
  const min = options.min ?? 1;
  return field(
    options,
    {
      type: String,
      minLength: min,
      maxLength: options.max,
      ...(options.pattern ? { pattern: options.pattern.source } : {}),
      ...(options.format ? { format: options.format } : {}),
    },
    AtMost(options.max),
    IsString(),
    MinLength(min),
    PlainText(false),
    ...(options.pattern ? [Matches(options.pattern)] : []),
  );
}

type TextOptions = Parameters<typeof TextField>[0];

/** What people see of a text counts, and not what is hidden in it; one that is far too long is not looked at. */
const as = (clean: (text: string) => string, options: TextOptions) =>
  applyDecorators(
    Transform(({ value }) =>
      typeof value === 'string' && value.length <= 4 * options.max + 100 ? clean(value) : value,
    ),
    TextField(options),
  );

/** A code or number of letters and digits, however it was typed or copied: it arrives plain (`plainCode`). */
export const CodeField = (options: TextOptions) => as(plainCode, options);

/** Text on one line that is kept and shown: it arrives legible, as a file's cell would (`onOneLine`). */
export const LineField = (options: TextOptions) => as(onOneLine, options);

/** The same on several lines. */
export const LinesField = (options: TextOptions) => as((text) => legible(text).trim(), options);

/** The id of a row. */
export function IdField(options: FieldOptions) {
  return TextField({ min: 1, max: 36, ...options });
}

/** One of a fixed list of words. */
export function EnumField(options: FieldOptions & { values: readonly string[]; name: string }) {
  return field(options, { enum: [...options.values], enumName: options.name }, IsIn([...options.values]));
}

/** A whole number within limits. */
export function IntField(options: FieldOptions & { min: number; max: number }) {
  return field(
    options,
    { type: 'integer', minimum: options.min, maximum: options.max },
    IsInt(),
    Min(options.min),
    Max(options.max),
  );
}

export function BooleanField(options: FieldOptions) {
  return field(options, { type: Boolean }, IsBoolean());
}

/** A tick that only means something when it is set (勾选确认): present and boolean here, its being true is a rule. */
export function TickField(options: FieldOptions) {
  return BooleanField(options);
}

/** A list of different ids, or of versions. */
export function IdListField(options: FieldOptions & { min: number; max: number; maxLength?: number }) {
  return field(
    options,
    { type: [String], minItems: options.min, maxItems: options.max },
    IsArray(),
    ArrayMinSize(options.min),
    ArrayMaxSize(options.max),
    AllDifferent(),
    AtMost(options.maxLength ?? 36, { each: true }),
    IsString({ each: true }),
    MinLength(1, { each: true }),
    PlainText(true),
  );
}

/** Different words of a fixed list. */
export function EnumListField(
  options: FieldOptions & { values: readonly string[]; name: string; min: number },
) {
  return field(
    options,
    { enum: [...options.values], enumName: options.name, isArray: true, minItems: options.min },
    IsArray(),
    ArrayMinSize(options.min),
    ArrayMaxSize(options.values.length),
    AllDifferent(),
    IsIn([...options.values], { each: true }),
  );
}

/** An amount as people type it, in yuan: `30`, `30.5`. It arrives as fen; the limits are in fen. */
export function YuanField(options: FieldOptions & { minFen: number; maxFen: number }) {
  return field(
    options,
    { type: String, pattern: '^\\d{1,7}(\\.\\d{1,2})?$' },
    // a number does not say whether it is yuan or fen
    Transform(({ value }) =>
      typeof value === 'number' ? Number.NaN : (fenFromYuan(plain(String(value).slice(0, 100))) ?? value),
    ),
    ValidateBy({ name: 'isFen', validator: { validate: Number.isSafeInteger } }),
    Min(options.minFen),
    Max(options.maxFen),
  );
}

/** A moment, ISO-8601; without an offset it is Shanghai's. It arrives as a Date. */
export function TimeField(options: FieldOptions) {
  return field(
    options,
    { type: String, format: 'date-time' },
    Transform(({ value }) =>
      typeof value === 'string' && value.length <= 40 ? (fromShanghai(plain(value)) ?? value) : value,
    ),
    ValidateBy({ name: 'isTime', validator: { validate: (value) => value instanceof Date } }),
  );
}

/** A nested object of fields. */
export function ObjectField(options: FieldOptions & { type: () => new () => object }) {
  return field(options, { type: options.type }, IsObject(), ValidateNested(), Type(options.type));
}

/** A field of an answer: described, not checked. */
export function Shown(description: string, options: ApiPropertyOptions = {}): PropertyDecorator {
  return ApiProperty({ description, ...options } as ApiPropertyOptions);
}

/** A field of an answer that may be absent. */
export function ShownIfAny(description: string, options: ApiPropertyOptions = {}): PropertyDecorator {
  return ApiProperty({ description, required: false, ...options } as ApiPropertyOptions);
}
