import type { RateLimit } from '../../platform/http/rate-limits.js';

/** Calls that make us call the platform, by account. */
export const PLATFORM_QUESTIONS: RateLimit = { name: 'payment-question', points: 60, seconds: 60 };

/** Messages that nothing proves to be the platform's, by address: each is recorded, so they must not come without end. */
export const UNPROVEN_MESSAGES: RateLimit = { name: 'payment-unproven-message', points: 300, seconds: 3600 };
