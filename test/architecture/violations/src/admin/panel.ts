import AdminJS from 'adminjs';

export const panel = new AdminJS({});
