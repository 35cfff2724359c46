// must fail: no-undeclared-dependency
import { parse } from 'acorn';

export const found = parse;
