// Owns practitioners, roles and organizations as the national extracts tell them (in generations that an import
// builds aside), the ADELI to RPPS links, the contact details with the ways
// to change them and the Order's review, and the FHIR API that serves them. It knows who
// somebody is and where they work; it does not sign anybody in, and writes no page.

export type { OpenedSchedule } from './commands/command-context.ts';
export { contactsImportCommand, linkCommand } from './commands/csv-commands.ts';
export { exportCommand } from './commands/export-command.ts';
export { fetchCommand } from './commands/fetch-command.ts';
export { generateCommand } from './commands/generate-command.ts';
export { importCommand } from './commands/import-command.ts';
export { keyAddCommand, keyListCommand, keyRevokeCommand } from './commands/key-commands.ts';
export {
  contactsAcceptCommand,
  contactsListCommand,
  contactsRefuseCommand,
} from './commands/review-commands.ts';
export { runsCommand } from './commands/runs-command.ts';
export { scheduleCommand } from './commands/schedule-command.ts';
export { type ContactDesk, createContactDesk, type KnownContacts } from './contacts/contact-desk.ts';
export type { Refusal } from './contacts/contact-parts.ts';
export type { ChangeGround, ContactDetails } from './contacts/contact-store.ts';
export type { AwaitedCodes, ConfirmAnswer } from './contacts/ecps-change.ts';
export { maskEmail, maskPhone } from './contacts/mask.ts';
export { createContactJobHandlers } from './contacts/messages/contact-jobs.ts';
export type { ContactFault, ContactFaults } from './contacts/parse-contacts.ts';
export { type ContactPolicy, contactPolicies, remoteActivationFrom } from './contacts/policy.ts';
export {
  createDirectory,
  type Directory,
  type DirectoryDependencies,
  type PractitionerWithRoles,
} from './directory.ts';
export type { DirectoryCounts } from './directory-counts.ts';
export type { DirectoryReader, DirectoryStore } from './directory-store.ts';
export type { ActivityColumn, ActivityRecord } from './extract/columns.ts';
export { formatExtractDate, parseExtractDate } from './extract/extract-date.ts';
export { ExtractError } from './extract/extract-error.ts';
export { extractHeader, formatExtractRow } from './extract/format-extract.ts';
export type { CsvReport } from './extract/read-csv.ts';
export { createFhirApi, type FhirApi } from './fhir/fhir-api.ts';
export { fhirRules } from './fhir/fhir-routes.ts';
export { type FhirAccess, openAccess } from './fhir/limit-calls.ts';
export { type GenerateOptions, generateExtract } from './generate/generate-extract.ts';
export type { GenerationLocation } from './generation/open-generation-storage.ts';
export type {
  DepartmentPlan,
  ImportPlan,
  PlannedExample,
  PlannedExamples,
  ProfessionPlan,
} from './import/import-plan.ts';
export type { ImportProgress, ImportReport } from './import/import-report.ts';
export type { ImportRun, ImportRunWithPlan } from './import/import-run-store.ts';
export type { ClaimedIdentity, LinkResolution } from './links/resolve-link.ts';
export { migrations, resetTables } from './migrations.ts';
export { createOperatorPages } from './operator-pages/operator-pages.ts';
export type { OperatorPagesDependencies, SignInGate } from './operator-pages/operator-parts.ts';
export { operatorPath } from './operator-pages/operator-paths.ts';
export type { Address, Organization } from './organization.ts';
export { createDirectoryPages } from './pages.ts';
export type {
  CardRecord,
  Diploma,
  Expertise,
  Practitioner,
  Qualification,
  SecureMailbox,
} from './practitioner.ts';
export { isLocum, type PractitionerRole } from './practitioner-role.ts';
export {
  type CommandAnswer,
  createRefreshJobHandlers,
  type RunCommand,
} from './schedule/refresh-job.ts';
export { createDirectorySchedule, type DirectorySchedule } from './schedule/schedule.ts';
