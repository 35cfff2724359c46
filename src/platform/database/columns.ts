import { Column, PrimaryColumn } from 'typeorm';
import { assertMoment } from './parameters.js';

/** The row's id: UUID version 7, made by the application (`newId`). */
export function IdColumn(): PropertyDecorator {
  return PrimaryColumn({ type: 'varchar', length: 36 });
}

/** The id of another row. */
export function ReferenceColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: 'varchar', length: 36, nullable: options.nullable ?? false });
}

/** A moment, in UTC, to the millisecond. */
export function InstantColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({
    type: 'datetime',
    precision: 3,
    nullable: options.nullable ?? false,
    transformer: { to: sound, from: (time) => time },
  });
}

function sound<T>(time: T): T {
  assertMoment(time);
  return time;
}

/** One of a few words: a state, a kind, a code. */
export function WordColumn(options: { nullable?: boolean; length?: number } = {}): PropertyDecorator {
  return Column({ type: 'varchar', length: options.length ?? 40, nullable: options.nullable ?? false });
}

/** Text of bounded length. */
export function TextColumn(length: number, options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: 'varchar', length, nullable: options.nullable ?? false });
}

/** Text without a bound of its own (messages, notices). */
export function LongTextColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: 'text', nullable: options.nullable ?? false });
}

/** A whole number: a count, fen, a version. */
export function NumberColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: 'int', nullable: options.nullable ?? false });
}

export function FlagColumn(): PropertyDecorator {
  return Column({ type: 'boolean' });
}

/** A small file: what is read and written as a whole. */
export function BytesColumn(): PropertyDecorator {
  // SQLite's driver hands out bare ArrayBuffers
  return Column({ type: 'blob', transformer: { to: (bytes: Buffer) => bytes, from: bytesOf } });
}

function bytesOf(stored: Buffer | ArrayBuffer): Buffer {
  return Buffer.isBuffer(stored) ? stored : Buffer.from(stored);
}

/** A short list or object that is read as a whole and never searched. */
export function JsonColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: 'simple-json', nullable: options.nullable ?? false });
}
