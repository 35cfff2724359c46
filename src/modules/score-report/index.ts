export { ScoreReportModule } from './score-report.module.js';
