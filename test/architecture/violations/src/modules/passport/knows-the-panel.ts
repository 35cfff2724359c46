// must fail: library-of-back-office
import AdminJS from 'adminjs';

export const found = AdminJS;
