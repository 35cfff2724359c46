import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { isPlainText } from '../../kernel/plain-text.js';
import { FieldFaultsError, fieldFaults } from './field-faults.js';
import { NOT_FOUND } from './refusals.js';

/** No id, name of a gateway or NEEA ID is longer. */
const LONGEST_IN_A_PATH = 64;

/**
 * What every body goes through: only the fields its class names, each as its decorator says. And every part of a path
 * that names something: what nothing can be called is not there, without anybody being asked.
 */
class Door extends ValidationPipe {
  // biome-ignore lint/suspicious/noExplicitAny: the signature is Nest's
  override async transform(value: any, metadata: ArgumentMetadata): Promise<any> {
    if (metadata.type === 'param' && !canBeAName(value)) throw NOT_FOUND();
    return super.transform(value, metadata);
  }
}

function canBeAName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST_IN_A_PATH && isPlainText(value);
}

export const validation = new Door({
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  stopAtFirstError: true,
  exceptionFactory: (errors) => new FieldFaultsError(fieldFaults(errors)),
});

/**
 * The same for what comes in at another door than a controller's.
 *
 * @throws FieldFaultsError
 */
export async function inputAs<T extends object>(type: new () => T, value: unknown): Promise<T> {
  const input = Object(value) === value && !Array.isArray(value) ? value : {};
  return (await validation.transform(input, { type: 'body', metatype: type })) as T;
}
