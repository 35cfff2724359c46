import { Module } from '@nestjs/common';
import { QualificationModule } from '../modules/qualification/index.js';
import { SittingModule } from '../modules/sitting/index.js';
import { LoadDemo } from './load-demo.use-case.js';

/** A sitting to try the system with. */
@Module({ imports: [SittingModule, QualificationModule], providers: [LoadDemo], exports: [LoadDemo] })
export class DemoModule {}
