import { Global, Module } from '@nestjs/common';
import { Devices } from './devices.js';
import { HealthController } from './health.controller.js';
import { IdempotencyInterceptor } from './idempotency.js';
import { Metrics } from './metrics.js';
import { MetricsServer } from './metrics-server.js';
import { RateLimits } from './rate-limits.js';
import { SecretBox } from './secret-box.js';

/** What every module's door needs: limits, idempotency, secrets, health. */
@Global()
@Module({
  controllers: [HealthController],
  providers: [
    RateLimits,
    SecretBox,
    Devices,
    IdempotencyInterceptor,
    { provide: Metrics, useFactory: () => new Metrics() },
    MetricsServer,
  ],
  exports: [RateLimits, SecretBox, Devices, IdempotencyInterceptor, Metrics],
})
export class HttpModule {}
