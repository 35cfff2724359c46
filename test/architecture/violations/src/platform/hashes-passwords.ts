// must fail: library-of-passport
import { hash } from '@node-rs/argon2';

export const found = hash;
