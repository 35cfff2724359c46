import type { InstalledGateway } from './installed-gateway.js';
import { sandbox } from './sandbox/index.js';

/** Every platform there is a folder for, a line each; of those that are on, the first takes new orders. */
export const INSTALLED_GATEWAYS: readonly InstalledGateway[] = [sandbox];
