import { ValidationPipe } from '@nestjs/common';
import { FieldFaultsError, fieldFaults } from './field-faults.js';

/** What every body goes through: only the fields its class names, each as its decorator says. */
export const validation = new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  stopAtFirstError: false,
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
