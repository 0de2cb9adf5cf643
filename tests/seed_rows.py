"""Real rows of the tables under data/ that say what an occupation is, for a seed of a few rows."""

PROJECTED = (
    "source_key,occupation_code,base_year,target_year,employment,projected_employment,change,change_percent,"
    "openings,labor_force_exits,occupational_transfers,self_employed_percent,entry_education,experience,"
    "training\n"
)
FACTS = {
    "alternate_titles.csv.gz": """\
source_key,occupation_code,kind,title,has_short_form
onet-30.1,29-2072,reported,Coder,
onet-30.1,29-2072,alternate,Certified Professional Coder (CPC),1
soc-2018,29-2072,direct_match,Medical Records Technician,
""",
    "interests.csv": """\
source_key,occupation_code,realistic,investigative,artistic,social,enterprising,conventional,strongest,made_by,period
onet-30.1,29-2072,2.86,4.33,1.00,3.38,1.88,6.97,conventional,Machine Learning,November 2023
""",
    "job_zones.csv": """\
source_key,occupation_code,zone,made_by,period
onet-30.1,29-2072,3,Analyst - Preliminary,November 2021
""",
    "related_occupations.csv.gz": """\
source_key,occupation_code,other_code,rank,tier
onet-30.1,29-2072,29-9021,1,Primary-Short
""",
    "technologies.csv.gz": """\
source_key,occupation_code,name,category,is_hot,is_in_demand
onet-30.1,29-2072,Allscripts EHR,Medical software,,
onet-30.1,29-2072,Microsoft Excel,Spreadsheet software,1,1
""",
    "outlook_words.csv": """\
source_key,word,slug,at_least_percent
ep-2024-34,Decline,decline,
ep-2024-34,Little or no change,little-or-no-change,0
ep-2024-34,Slower than average,slower-than-average,1
ep-2024-34,As fast as average,as-fast-as-average,3
ep-2024-34,Faster than average,faster-than-average,5
ep-2024-34,Much faster than average,much-faster-than-average,7
""",
    "projections.csv": PROJECTED
    + """\
ep-2024-34,29-0000,2024,2034,10067500,10794400,726900,7.2,634900,299500,262700,2.4,,,
ep-2024-34,29-2072,2024,2034,194800,208600,13800,7.1,14200,7100,5800,0.8,certificate,none,none
""",
    "education_attained.csv": """\
source_key,occupation_code,period,less_than_high_school,high_school,some_college,associate,bachelor,master,doctorate
ep-2024-34,29-2072,2022 to 2023,1.4,19.2,30.6,25.6,17.4,4.3,1.6
""",
    "schools/programs.csv": """\
source_key,code,title
cip-2020,51.0707,Health Information/Medical Records Technology/Technician
cip-2020,51.0713,Medical Insurance Coding Specialist/Coder
""",
    "schools/program_occupations.csv": """\
source_key,program_code,occupation_code
cip-soc-2020,51.0707,29-2072
cip-soc-2020,51.0713,29-2072
""",
    "schools/schools.csv.gz": """\
source_key,unitid,name,city,state,zip_code,sector,size,site,latitude,longitude,is_open,closed
ipeds-hd-2024,202356,Cuyahoga Community College District,Cleveland,OH,44115-2878,4,"10,000 to 19,999",https://www.tri-c.edu/,41.494906,-81.683533,1,
ipeds-hd-2024,498641,I M Beauty School,Glenview,IL,60025,9,"Under 1,000",,42.066686,-87.850383,1,
""",
    "schools/awards_2024.csv.gz": "unitid,program_code,level,completions\n202356,51.0707,3,10\n",
    "profiles/29-2072.md": """\
---
code: 29-2072
reviewed: 2026-11-22
sources: [onet-30.1]
---
They keep the records of patients.
""",
    "organizations.csv": "key,name,abbreviation,site\naapc,AAPC,AAPC,https://www.aapc.com/\n",
    "certifications.csv": """\
key,name,abbreviation,former_names,organization,site,status,replaced_by,education,experience,exam,membership,cost,cost_checked,renewal,accredited_by,checked
cpc,Certified Professional Coder,CPC,,aapc,https://www.aapc.com/,active,,,,,,,,,,
""",
    "certification_occupations.csv": """\
certification,occupation_code,relation,note
cpc,29-2072,often asked for,
""",
}
