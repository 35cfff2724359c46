import { SignInLock } from './sign-in-lock.entity.js';
import { Staff } from './staff.entity.js';
import { StaffSession } from './staff-session.entity.js';

export const staffEntities = [Staff, StaffSession, SignInLock];
