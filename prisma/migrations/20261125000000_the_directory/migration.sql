-- AlterTable
ALTER TABLE "Agency" ADD COLUMN     "verificationDays" INTEGER NOT NULL DEFAULT 90;

-- AlterTable
ALTER TABLE "Region" ADD COLUMN     "neighbourIds" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "DirectNumber" ADD COLUMN     "extension" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "goodUntil" TIMESTAMPTZ(3),
ADD COLUMN     "languages" TEXT[] DEFAULT ARRAY['en']::TEXT[],
ADD COLUMN     "lastCalledAt" TIMESTAMPTZ(3),
ADD COLUMN     "ownerId" TEXT,
ADD COLUMN     "replacesId" TEXT,
ADD COLUMN     "retiredBy" TEXT,
ADD COLUMN     "retiredWhy" TEXT,
ADD COLUMN     "statusAt" TIMESTAMPTZ(3),
ADD COLUMN     "statusBy" TEXT,
ADD COLUMN     "takesTexts" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "Verification" ADD COLUMN     "clientKey" TEXT,
ADD COLUMN     "lines" INTEGER,
ADD COLUMN     "validDays" INTEGER NOT NULL DEFAULT 90;

-- AlterTable
ALTER TABLE "Route" ADD COLUMN     "hours" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "preference" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "retiredAt" TIMESTAMPTZ(3),
ADD COLUMN     "works" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "AreaMember" (
    "areaId" TEXT NOT NULL,
    "regionId" TEXT NOT NULL,

    CONSTRAINT "AreaMember_pkey" PRIMARY KEY ("areaId","regionId")
);

-- CreateTable
CREATE TABLE "NumberChange" (
    "id" TEXT NOT NULL,
    "numberId" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "byId" TEXT,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "importId" TEXT,

    CONSTRAINT "NumberChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DirectoryImport" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "agencyId" TEXT NOT NULL,
    "byId" TEXT,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "fileName" TEXT NOT NULL,
    "sha256" TEXT,
    "size" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "problem" TEXT,
    "progress" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "counts" JSONB NOT NULL,
    "mapping" JSONB,
    "planHash" TEXT,
    "appliedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DirectoryImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportRow" (
    "importId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "fate" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "ImportRow_pkey" PRIMARY KEY ("importId","position")
);

-- CreateTable
CREATE TABLE "ConflictSettlement" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "numberIds" TEXT[],
    "regionIds" TEXT[],
    "decision" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConflictSettlement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReadinessDay" (
    "day" DATE NOT NULL,
    "regionId" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "ready" INTEGER NOT NULL,

    CONSTRAINT "ReadinessDay_pkey" PRIMARY KEY ("day","regionId","service")
);

-- CreateIndex
CREATE INDEX "AreaMember_regionId_idx" ON "AreaMember"("regionId");

-- CreateIndex
CREATE INDEX "NumberChange_numberId_at_idx" ON "NumberChange"("numberId", "at");

-- CreateIndex
CREATE INDEX "NumberChange_importId_idx" ON "NumberChange"("importId");

-- CreateIndex
CREATE INDEX "ImportRow_importId_fate_position_idx" ON "ImportRow"("importId", "fate", "position");

-- CreateIndex
CREATE UNIQUE INDEX "ConflictSettlement_key_key" ON "ConflictSettlement"("key");

-- CreateIndex
CREATE INDEX "DirectNumber_ownerId_idx" ON "DirectNumber"("ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "Verification_clientKey_key" ON "Verification"("clientKey");

-- AddForeignKey
ALTER TABLE "AreaMember" ADD CONSTRAINT "AreaMember_areaId_fkey" FOREIGN KEY ("areaId") REFERENCES "Region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AreaMember" ADD CONSTRAINT "AreaMember_regionId_fkey" FOREIGN KEY ("regionId") REFERENCES "Region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DirectNumber" ADD CONSTRAINT "DirectNumber_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Agency"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NumberChange" ADD CONSTRAINT "NumberChange_numberId_fkey" FOREIGN KEY ("numberId") REFERENCES "DirectNumber"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NumberChange" ADD CONSTRAINT "NumberChange_importId_fkey" FOREIGN KEY ("importId") REFERENCES "DirectoryImport"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DirectoryImport" ADD CONSTRAINT "DirectoryImport_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "Agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportRow" ADD CONSTRAINT "ImportRow_importId_fkey" FOREIGN KEY ("importId") REFERENCES "DirectoryImport"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReadinessDay" ADD CONSTRAINT "ReadinessDay_regionId_fkey" FOREIGN KEY ("regionId") REFERENCES "Region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
