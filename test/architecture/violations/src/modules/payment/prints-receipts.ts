// must fail: library-of-ticket
import PDFDocument from 'pdfkit';

export const found = PDFDocument;
