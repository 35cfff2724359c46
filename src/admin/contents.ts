import { ShownAgreements } from './screens/agreements.js';
import { ShownAuditLines } from './screens/audit-lines.js';
import { ShownCampuses } from './screens/campuses.js';
import { ShownCet4Results } from './screens/cet4-results.js';
import { ShownCet6Reviews } from './screens/cet6-reviews.js';
import { ShownCollectiveRegistrationLines } from './screens/collective-registration-lines.js';
import { ShownCollectiveRegistrations } from './screens/collective-registrations.js';
import { ShownEnrolments } from './screens/enrolments.js';
import { ShownMessages } from './screens/messages.js';
import { ShownNotices } from './screens/notices.js';
import { ShownOrders } from './screens/orders.js';
import { ShownOwnerChanges } from './screens/owner-changes.js';
import { ShownPaymentBatchLines } from './screens/payment-batch-lines.js';
import { ShownPaymentBatches } from './screens/payment-batches.js';
import { ShownProvinces } from './screens/provinces.js';
import { ShownRegistrations } from './screens/registrations.js';
import { ShownSchools } from './screens/schools.js';
import { ShownSittings } from './screens/sittings.js';
import { ShownStaff } from './screens/staff.js';
import { ShownStudentRecords } from './screens/student-records.js';
import { ShownSubjectListLines } from './screens/subject-list-lines.js';
import { ShownSubjectRules } from './screens/subject-rules.js';
import { ShownVenues } from './screens/venues.js';
import { ShownWaitlistEntries } from './screens/waitlist-entries.js';
import { Cet6QueueTool } from './tools/cet6-queue.js';
import { Cet4ResultImportTool } from './tools/import-cet4-results.js';
import { PhotoImportTool } from './tools/import-photos.js';
import { CampusImportTool, SchoolImportTool, VenueImportTool } from './tools/import-places.js';
import { RosterImportTool } from './tools/import-roster.js';
import { SubjectListImportTool } from './tools/import-subject-lists.js';
import { MyAccountTool } from './tools/my-account.js';
import { VenueWindowsTool } from './tools/venue-windows.js';

/** Every screen of the back office, in the order of the side bar's groups. */
export const SCREENS = [
  ShownSittings,
  ShownProvinces,
  ShownSchools,
  ShownCampuses,
  ShownVenues,
  ShownSubjectRules,
  ShownNotices,
  ShownAgreements,
  ShownRegistrations,
  ShownEnrolments,
  ShownWaitlistEntries,
  ShownCollectiveRegistrations,
  ShownCollectiveRegistrationLines,
  ShownPaymentBatches,
  ShownPaymentBatchLines,
  ShownOrders,
  ShownOwnerChanges,
  ShownCet6Reviews,
  ShownStudentRecords,
  ShownSubjectListLines,
  ShownCet4Results,
  ShownStaff,
  ShownAuditLines,
  ShownMessages,
];

/** Every tool: a page of its own. */
export const TOOLS = [
  VenueWindowsTool,
  SchoolImportTool,
  CampusImportTool,
  VenueImportTool,
  Cet6QueueTool,
  RosterImportTool,
  PhotoImportTool,
  SubjectListImportTool,
  Cet4ResultImportTool,
  MyAccountTool,
];
