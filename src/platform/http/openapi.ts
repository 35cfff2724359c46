import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Config } from '../config.js';
import { cookieOf } from './cookies.js';
import { SESSION_COOKIE } from './session-token.js';

const DESCRIPTION = `Registration for the College English Test (全国大学英语四、六级考试).

JSON in camelCase, enums in UPPER_SNAKE_CASE, ids are strings, times ISO-8601 with offset, money integer fen.
A refusal is \`application/problem+json\`; its \`code\` is stable, \`title\` and \`detail\` are Chinese, English on
\`Accept-Language: en\`. Every refusal leaves everything as it was.`;

/** The API's page at `/api/docs`, its document at `/api/openapi.json`. */
export function serveOpenApi(app: NestExpressApplication): void {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('CET registration · 全国大学英语四、六级考试报名')
      .setDescription(DESCRIPTION)
      .setVersion('1')
      .addBearerAuth({
        type: 'http',
        scheme: 'bearer',
        description: 'The token of `POST /passport/sessions`',
      })
      .addCookieAuth(cookieOf(app.get(Config), SESSION_COOKIE).name)
      .build(),
  );
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    customSiteTitle: 'CET 报名接口',
  });
}
