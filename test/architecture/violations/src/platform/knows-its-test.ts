// must fail: tests-are-not-imported
import { world } from '../../test/support/world.js';

export const found = world;
