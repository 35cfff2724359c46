export { oralCanBeChosen, oralCanBeWaitedFor } from './oral-choice.rules.js';
export { OralExamModule } from './oral-exam.module.js';
