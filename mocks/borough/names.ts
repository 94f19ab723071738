/** Names as they are met in Islington, in groups so that given and family names go together. */
export interface NameStock {
  ethnicity: string;
  share: number;
  family: readonly string[];
  female: readonly string[];
  male: readonly string[];
}

const list = (text: string): string[] => text.split(' ');

export const nameStocks: readonly NameStock[] = [
  {
    ethnicity: 'A',
    share: 45,
    family: list(
      'Harris Bennett Cole Turner Fletcher Marsh Dawson Pearce Webb Holt Barker Simmons Norris Lambert Shaw',
    ),
    female: list('Margaret Susan Claire Emily Olivia Jean Rebecca Lucy Helen Sarah Isla Poppy Ann Julie'),
    male: list('James Robert Peter Oliver George Thomas Keith Andrew Jack Harry Alan Stephen Noah Martin'),
  },
  {
    ethnicity: 'B',
    share: 6,
    family: list("O'Brien Murphy Gallagher Keane Nolan Byrne"),
    female: list('Siobhan Maeve Niamh Kathleen Aoife Bridie'),
    male: list('Sean Declan Liam Patrick Conor Eamon'),
  },
  {
    ethnicity: 'C',
    share: 16,
    family: list('Kaya Aydin Christou Ioannou Kowalski Rossi Santos Ferreira Wisniewski Ozturk Papadakis Schmidt'),
    female: list('Ayse Elif Maria Eleni Katarzyna Giulia Ana Zeynep Chiara Joanna'),
    male: list('Mehmet Andreas Costas Piotr Luca Joao Mustafa Marek Dimitri Paulo'),
  },
  {
    ethnicity: 'N',
    share: 10,
    family: list('Adeleke Osei Abdi Warsame Nwosu Tekle Bello Owusu Haile Kamara'),
    female: list('Amina Abena Hodan Chioma Selam Folake Fatou Esi'),
    male: list('Kofi Abdullahi Tunde Chidi Dawit Ibrahim Yaw Musa'),
  },
  {
    ethnicity: 'M',
    share: 7,
    family: list('Campbell Grant Morgan Francis Joseph Lewis Gordon'),
    female: list('Beverley Marcia Sharon Jada Yvonne Shanice'),
    male: list('Winston Leroy Delroy Tyrone Malachi Errol'),
  },
  {
    ethnicity: 'K',
    share: 7,
    family: list('Begum Miah Uddin Rahman Choudhury Islam'),
    female: list('Nasima Rukhsana Shirin Farzana Tahmina Jannat'),
    male: list('Abdul Shafiq Rafiq Kamal Tanvir Anwar'),
  },
  {
    ethnicity: 'R',
    share: 5,
    family: list('Chan Lam Wong Zhang Liu Nguyen'),
    female: list('Mei Ling Xiu Hui Yan Linh'),
    male: list('Wei Jun Ming Hao Tuan Feng'),
  },
  {
    ethnicity: 'H',
    share: 4,
    family: list('Shah Desai Nair Singh Kaur Mehta'),
    female: list('Anjali Sunita Kavita Nisha Pooja Divya'),
    male: list('Rajesh Vikram Arjun Suresh Amit Nikhil'),
  },
];

export const streets: readonly (readonly [string, string])[] = [
  ['Example Street', 'N1 9ZZ'],
  ['Sample Road', 'N1 8ZZ'],
  ['Specimen Terrace', 'N1 0ZZ'],
  ['Invented Lane', 'N7 6ZZ'],
  ['Model Avenue', 'N7 8ZZ'],
  ['Pattern Gardens', 'N5 2ZZ'],
  ['Fiction Square', 'N1 2ZZ'],
  ['Trial Grove', 'N4 3ZZ'],
  ['Mock Crescent', 'N19 4ZZ'],
  ['Draft Place', 'EC1V 0ZZ'],
];
