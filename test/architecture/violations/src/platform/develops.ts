// must fail: no-development-dependency
import request from 'supertest';

export const found = request;
