// Runs before each spec of the API: a test fails when a server answered besides the document.
import { takeFaults, tellFault } from './found-faults';
import { holdToDocument } from './hold-to-document';

const end = holdToDocument(tellFault);

afterEach(() => {
  const found = takeFaults();
  if (found.length === 0) return;
  throw new Error(`Not in the OpenAPI document (npm run openapi writes it):\n${found.join('\n')}`);
});
afterAll(end);
