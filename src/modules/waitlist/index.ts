export type { SeatFault } from './seat-replay.js';
export { VerifySeats } from './verify-seats.use-case.js';
export { WaitlistModule } from './waitlist.module.js';
