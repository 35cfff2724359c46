import { Module } from '@nestjs/common';
import { Importer } from './importer.js';

/** Reading files of lines into the database. */
@Module({ providers: [Importer], exports: [Importer] })
export class ImportModule {}
