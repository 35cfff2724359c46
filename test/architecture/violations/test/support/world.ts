import request from 'supertest';

export const world = request;
