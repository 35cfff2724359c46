// must fail: no-orphans
export const leftover = 'nobody asks for it';
