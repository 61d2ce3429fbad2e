"""Rows of the case floor."""

from workflow.models.annual_report import AnnualReport
from workflow.models.approval_sheet import ApprovalSheet
from workflow.models.attachment import Attachment
from workflow.models.bulk import Bulk, BulkLine
from workflow.models.bulletin import Bulletin
from workflow.models.bundle import Bundle, BundleMember
from workflow.models.case import Case
from workflow.models.case_link import CaseLink
from workflow.models.case_series import CaseSeries
from workflow.models.case_words import CaseWords
from workflow.models.classified_card import ClassifiedCard
from workflow.models.clock_event import ClockEvent
from workflow.models.complaint import Complaint
from workflow.models.consultation import Consultation
from workflow.models.contact_attempt import ContactAttempt
from workflow.models.conversion import Conversion
from workflow.models.delivery import Delivery
from workflow.models.disclosed_copy import CopyLook, DisclosedCopy
from workflow.models.draft_edit import DraftEdit
from workflow.models.excess_inquiry import ExcessInquiry
from workflow.models.fee_notice import FeeNotice
from workflow.models.handout import Handout
from workflow.models.handover import Handover, HandoverFile
from workflow.models.holding import Holding, HoldingVersion
from workflow.models.inspection import Inspection, InspectionSheet
from workflow.models.item import Item
from workflow.models.nature_finding import NatureFinding
from workflow.models.party import Party
from workflow.models.process import CaseProcess
from workflow.models.reassessment import Reassessment
from workflow.models.record_correction import CorrectionFile, RecordCorrection
from workflow.models.rectification import Rectification, RectificationCopy
from workflow.models.redaction import Redacting, RedactionMark, RoomPlace
from workflow.models.referral import Referral
from workflow.models.remark import Remark
from workflow.models.remedy import Remedy
from workflow.models.reopening import Reopening
from workflow.models.reply_change import ReplyChange
from workflow.models.reply_draft import ReplyDraft
from workflow.models.request_text import RequestText, TextBand
from workflow.models.review import Review
from workflow.models.search_record import SearchRecord
from workflow.models.secrecy_mark import SecrecyMark
from workflow.models.secrecy_review import SecrecyReferral, SecrecyReview, SecrecyStep
from workflow.models.share import Share
from workflow.models.signed_file import SignedFile
from workflow.models.statistics_filing import StatisticsFiling
from workflow.models.subscription import Subscription
from workflow.models.supplement import Supplement
from workflow.models.urge import Urge
from workflow.models.working_copy import PageImage, WorkingCopy, WorkingPage

__all__ = [
    "AnnualReport",
    "ApprovalSheet",
    "Attachment",
    "Bulk",
    "BulkLine",
    "Bulletin",
    "Bundle",
    "BundleMember",
    "Case",
    "CaseLink",
    "CaseProcess",
    "CaseSeries",
    "CaseWords",
    "ClassifiedCard",
    "ClockEvent",
    "Complaint",
    "Consultation",
    "ContactAttempt",
    "Conversion",
    "CopyLook",
    "CorrectionFile",
    "Delivery",
    "DisclosedCopy",
    "DraftEdit",
    "ExcessInquiry",
    "FeeNotice",
    "Handout",
    "Handover",
    "HandoverFile",
    "Holding",
    "HoldingVersion",
    "Inspection",
    "InspectionSheet",
    "Item",
    "NatureFinding",
    "PageImage",
    "Party",
    "Reassessment",
    "RecordCorrection",
    "Rectification",
    "RectificationCopy",
    "Redacting",
    "RedactionMark",
    "Referral",
    "Remark",
    "Remedy",
    "Reopening",
    "ReplyChange",
    "ReplyDraft",
    "RequestText",
    "Review",
    "RoomPlace",
    "SearchRecord",
    "SecrecyMark",
    "SecrecyReferral",
    "SecrecyReview",
    "SecrecyStep",
    "Share",
    "SignedFile",
    "StatisticsFiling",
    "Subscription",
    "Supplement",
    "TextBand",
    "Urge",
    "WorkingCopy",
    "WorkingPage",
]
