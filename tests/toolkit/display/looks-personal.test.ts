import * as aq from 'arquero';
import test, { type ExecutionContext } from 'ava';
import { charts, count, type DaybookError, displayOf, frameOf, PERSONAL_FORMS, show } from 'daybook';
import fc from 'fast-check';
import { guessedMask, maskForms } from '../../../toolkit/display/looks-personal.ts';
import { goldenFile } from '../../golden-file.ts';

const golden = (t: ExecutionContext, name: string, said: string): void => goldenFile(t, new URL(`golden/${name}`, import.meta.url), `${said}\n`);
const shownAs = async (value: unknown) => String((await displayOf(value))?.['text/plain']);

test('where no contract has spoken, columns named like personal data are masked, and shown when they are asked for', async (t) => {
  const rows = [
    {
      'First Name': 'Ann',
      eMail: 'ann at example.org',
      mobile: '01314960380',
      birthDate: new Date('1980-02-29'),
      post_code: 'EH1 1AA',
      town: 'Leeds',
    },
  ];
  const raw = frameOf([...rows, { ...rows[0], 'First Name': null } as never]);
  golden(t, 'named-personal.txt', await shownAs(raw));
  const some = await show(raw, { personal: ['mobile'] }).text();
  t.regex(some, /01314960380/);
  t.notRegex(some, /Ann|ann at|1980|EH1/);
  t.regex(await show(raw, { personal: true }).text(), /Ann .*ann at example\.org .*1980-02-29 +EH1 1AA/);
  const counted = raw.groupby('town').rollup(() => ({ mobile: count() }));
  t.notRegex(await shownAs(counted), /masked/);
  t.notRegex(await shownAs(aq.from(rows)), /Ann|ann at|01314960380|EH1/);
});

test('what looks personal is masked in every text, whatever its column', async (t) => {
  const notes = [
    { note: 'Call 0131 496 0380 or write to ann@example.org', code: 'EH1 1AA' },
    { note: 'Order 4711 of 2024-05-01', code: 'AB-12' },
  ];
  golden(t, 'looks-personal.txt', await shownAs(frameOf(notes)));
  t.regex(await show(frameOf(notes), { personal: ['note'] }).text(), /0131 496 0380 or write to ann@example\.org +•••/);
  t.notRegex(await shownAs(show(frameOf(notes), { personal: true })), /masked|•/);
});

test('nothing that looks personal is left in a text that was masked', (t) => {
  const personal = fc.constantFrom(
    'ann@example.org',
    'a.b+c@mail.example.co.uk',
    '0131 496 0380',
    '+44 (0)131 496 0380',
    '07911123456',
    'EH1 1AA',
    'SW1A1AA',
  );
  const plain = fc.constantFrom(' ', ', ', '; ', 'tel. ', '(', ')', ' – ', 'Leeds', '"', '\n', '42');
  fc.assert(
    fc.property(fc.array(fc.oneof(personal, plain), { maxLength: 12 }), (parts) => {
      const masked = maskForms(parts.join(''));
      for (const { pattern } of PERSONAL_FORMS) t.notRegex(masked, pattern);
    }),
  );
  t.is(maskForms('ann@example.org '.repeat(20_000)).length, 'a•••@example.org '.length * 20_000);
  t.is(maskForms('no. 4711 of 2024-05-01 at 10:30'), 'no. 4711 of 2024-05-01 at 10:30');
});

const NAMED: Readonly<Record<'email' | 'phone' | 'all' | 'initial', string>> = {
  email: 'email eMail e_mail_address EmailAddress EMAIL email2 work_email contact_email_address mailadresse customer.email',
  phone:
    'phone Phone2 PhoneNo phonenumber homephone Tel. tel_no mobile MOBILE_PHONE_NUMBER cell cell_phone contact_number Telefon handynummer fax msisdn',
  all: 'dob d.o.b. birthDate birthdate date_of_birth born_on Geburtsdatum postcode Post_Code zip ZIP5 zipcode PLZ contact emergency_contact',
  initial:
    'surname surname2 last_name LASTNAME lname FirstName full_name NAME_OF_CUSTOMER name_of_patient CustomerName cardholder_name account_holder vorname Nachname prénom',
};
const ABOUT =
  'cell_count cell_type stem_cell_count zip_size birth_rate birth_weight births mobile_app_version mobile_sessions address_type email_domain email_valid email_count email_sent_at emails_sent email_opt_in has_phone is_mobile phone_valid phone_model telephone_cost tel_cost postcode_area zip_code_count telemetry card_type contact_count contact_method company_name file_name first_name_count customer_name_length hotel town';

test('names of columns that say personal data are told from those that say something about it', (t) => {
  for (const [mask, names] of Object.entries(NAMED)) for (const name of names.split(' ')) t.is(guessedMask(name, 'text'), mask as 'all', name);
  for (const name of ABOUT.split(' ')) t.is(guessedMask(name, 'text'), null, name);
});

test('a name that says personal data keeps a column out of the labels of a chart too', async (t) => {
  const raw = frameOf([{ email: 'ann@example.org', town: 'Leeds' }]);
  t.is((await t.throwsAsync<DaybookError>(charts.distribution(raw, 'email')))?.code, 'chart.personal-column');
  t.regex(JSON.stringify((await charts.distribution(raw, 'email', { personal: true })).spec), /ann@/);
  t.regex(JSON.stringify((await charts.distribution(raw, 'town')).spec), /Leeds/);
});
