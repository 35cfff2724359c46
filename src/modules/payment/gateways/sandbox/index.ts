import type { InstalledGateway } from '../installed-gateway.js';
import { RetiredSandbox } from './retired-sandbox.js';
import { SandboxModule } from './sandbox.module.js';
import { SandboxGateway } from './sandbox-gateway.js';

/** 沙箱: a platform of our own, to try the system with. */
export const sandbox: InstalledGateway = {
  isOn: ({ sandboxPay }) => sandboxPay,
  module: SandboxModule,
  gateway: SandboxGateway,
  whenOff: RetiredSandbox,
};
