import type { NextFunction, Request, Response } from 'express';

/** The API's own page, and what the back office's pages are built of: the same for everybody. */
const SAME_FOR_EVERYBODY = ['/api/docs', '/api/openapi.', '/admin/frontend/'];

/**
 * Almost every answer shows somebody, or may one day, and is read on computers that others use next: no browser and no
 * proxy keeps it. Whatever may be kept is named here.
 */
export function keptByNobody(request: Request, response: Response, next: NextFunction): void {
  if (!SAME_FOR_EVERYBODY.some((place) => request.path.startsWith(place)))
    response.setHeader('Cache-Control', 'no-store');
  next();
}
