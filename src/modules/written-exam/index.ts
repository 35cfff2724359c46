export { writtenSubjectCanBeChosen } from './written-choice.rules.js';
export { WrittenExamModule } from './written-exam.module.js';
