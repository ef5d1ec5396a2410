// Preloaded with `node -r`: the server tells on stderr what it answers besides the document.
import { holdToDocument } from './hold-to-document';

holdToDocument((fault) => process.stderr.write(`[document] ${fault}\n`));
