import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config.js';
import { Metrics } from './metrics.js';
import { bringsToken } from './metrics-door.js';

/** The figures at a port of their own (`METRICS_PORT`), which the network can keep to whoever collects them. */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  private server?: Server;

  constructor(
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /** Listens, where there is such a port. @throws Error if somebody else has it */
  async start(): Promise<void> {
    const { metricsPort, metricsToken } = this.config;
    if (metricsPort === undefined) return;
    this.server = createServer(async ({ method, url, headers }, response) => {
      const allowed = metricsToken === undefined || bringsToken(headers, metricsToken);
      if (method !== 'GET' || url !== '/metrics' || !allowed) return response.writeHead(404).end();
      const figures = await this.metrics.registry.metrics();
      return response.writeHead(200, { 'Content-Type': this.metrics.registry.contentType }).end(figures);
    });
    this.server.listen(metricsPort);
    await once(this.server, 'listening');
  }

  /** Where it listens; undefined where it does not. */
  address(): AddressInfo | undefined {
    return this.server?.address() as AddressInfo | undefined;
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}
