import { importAnswer, importRow } from '../testing/import-samples';
import { reportCsv, reportJson } from './import-report';

it('writes CSV whose cells hold what they like, and run nothing', () => {
  const row = importRow({
    label: '=HYPERLINK("x")',
    detail: 'a "b", c\nd',
    action: 'update',
    id: 7,
    changes: [{ field: 'name', before: null, after: 'x' }],
  });
  expect(reportCsv([row])).toBe(
    'file,line,column,entity,action,code,detail,label,vrf,cidr,id,changes\r\n' +
      'sites.csv,2,,pool,update,,"a ""b"", c\nd","\'=HYPERLINK(""x"")",global,10.0.0.0/8,7,' +
      '"[{""field"":""name"",""before"":null,""after"":""x""}]"\r\n',
  );
});

it('writes JSON with the rows and without what the files hold', () => {
  const row = importRow();
  const report = JSON.parse(reportJson(importAnswer([row]), [row, row])) as object;
  expect(report).toMatchObject({ plan: 'plan-1', rows: [row, row], summary: { create: 1 } });
  expect(JSON.stringify(report)).not.toContain('R1');
});
