import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** A number that some work finds out and Prometheus asks for. */
export interface Figure {
  name: string;
  help: string;
}

/** Prometheus figures of this process; scraped at `/metrics`. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'cet_http_request_seconds',
    help: 'How long requests took, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'cet_' });
  }

  /** Sets a figure. It is not there before: none is not zero. */
  set({ name, help }: Figure, value: number): void {
    const known = this.registry.getSingleMetric(name) as Gauge | undefined;
    (known ?? new Gauge({ name, help, registers: [this.registry] })).set(value);
  }

  /** Times each request under its route pattern: ids in a label would make a series each. */
  readonly observe = (request: Request, response: Response, next: NextFunction): void => {
    const stop = this.requests.startTimer({ method: request.method });
    response.once('finish', () => {
      const route = (request.route as { path?: string } | undefined)?.path ?? 'other';
      stop({ route, status: String(response.statusCode) });
    });
    next();
  };
}
